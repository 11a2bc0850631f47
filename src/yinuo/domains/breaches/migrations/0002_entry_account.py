from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("breaches", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry", name="user_id", field=models.BigIntegerField(null=True)
        )
    ]
