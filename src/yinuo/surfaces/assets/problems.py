"""What a service refused, shown in the form that was sent."""

from __future__ import annotations

from django import forms

from yinuo.platform.errors import InvalidInput


def take_problems(form: forms.Form, error: InvalidInput) -> None:
    """Show a service's messages at the fields they belong to, the others above the form."""
    for name, message in error.fields.items():
        form.add_error(name if name in form.fields else None, str(message))
