from django.apps import AppConfig


class RepairsConfig(AppConfig):
    name = "yinuo.domains.repairs"
    label = "repairs"

    def ready(self) -> None:
        """Stock asks the register of standby units before it takes in a serial number."""
        from yinuo.domains.parts.serials import also_look_in
        from yinuo.domains.repairs.serials import places_of_serials

        also_look_in(places_of_serials)
