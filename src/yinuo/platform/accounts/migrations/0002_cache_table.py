"""The table behind Django's database cache, so that no separate command has to make it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_user")]

    operations = [
        migrations.RunSQL(
            sql=[
                """
                CREATE TABLE platform_cache (
                    cache_key varchar(255) NOT NULL PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamp with time zone NOT NULL
                )
                """,
                "CREATE INDEX platform_cache_expires ON platform_cache (expires)",
            ],
            reverse_sql=["DROP TABLE platform_cache"],
        )
    ]
