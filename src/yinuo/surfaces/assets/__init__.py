"""Built scripts, styles and icons of the surfaces, and the template tags that name them.

The sources are in `frontend/`; `tools/build_assets.py` builds them into `dist/` with a content hash
in each name, so that browsers keep them for ever and a page never waits on the internet.
"""
