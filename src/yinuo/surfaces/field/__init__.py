"""The field app: what the engineer carries to the customer (B-40, B-41, R54).

The server gives a shell without personal data, the texts of both languages, a service worker and
the registration of a device. Everything else is the app's own script (`frontend/src/field`), which
keeps its data on the device and speaks to the API. It never shows business data itself.
"""
