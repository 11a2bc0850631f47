import django.db.models.deletion
import yinuo.platform.identifiers
from yinuo.platform.database.append_only import append_only
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0003_charges"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreedPrices",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=yinuo.platform.identifiers.new_public_id)),
                ("reason", models.TextField(default="")),
                ("agreed_at", models.DateTimeField()),
                ("agreed_by", models.CharField(max_length=80)),
                (
                    "contract",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "price_list",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.pricelistversion",
                    ),
                ),
            ],
            options={
                "db_table": "billing_agreed_prices",
                "indexes": [
                    models.Index(fields=["customer", "-id"], name="agreed_prices_of_customer")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("public_id",), name="agreed_prices_public_id"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price_list__isnull", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agreed_prices_end_says_why",
                    ),
                ],
            },
        ),
        append_only("billing_agreed_prices"),
    ]
