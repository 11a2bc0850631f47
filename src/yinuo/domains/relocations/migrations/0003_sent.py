"""A finished plan is sent to the customer, and only then he may approve it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("relocations", "0002_approved_at"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="relocation", name="relocation_state"),
        migrations.RemoveConstraint(model_name="relocation", name="relocation_begins_approved"),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "planning",
                            "sent",
                            "approved",
                            "under_way",
                            "rolling_back",
                            "rolled_back",
                            "done",
                            "accepted",
                            "cancelled",
                        ],
                    )
                ),
                name="relocation_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["planning", "sent", "cancelled"]),
                    models.Q(
                        ("approved_on__isnull", False),
                        models.Q(("content_hash", ""), _negated=True),
                        models.Q(("approved_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="relocation_begins_approved",
            ),
        ),
    ]
