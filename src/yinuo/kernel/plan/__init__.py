"""The plan language as typed, frozen objects. Reading and writing files is `yinuo.planfile`."""
