"""Taking a step on a request's page, as people do: choose it, fill its form in, send it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def step_form(page: Page, kind: str) -> Locator:
    """The form of a step, opened by its link."""
    form = page.locator(f"form[id='do-{kind}']")
    if form.count() == 0:
        link = page.locator(f"a[data-do='{kind}']")
        closed = page.locator("details:not([open])", has=link)
        if closed.count():
            closed.locator("summary").click()
        link.click()
    expect(form).to_be_visible()
    return form


def fill(form: Locator, **typed: str) -> None:
    """Type or choose what belongs into the fields; `occurred_at` opens its part first."""
    for name, value in typed.items():
        field = form.locator(f"[name='{name}']")
        inside = form.page.locator(f"[name='{name}']")
        closed = form.locator("details:not([open])", has=inside)
        if closed.count():
            closed.locator("summary").click()
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name='{name}'][value='{value}']").check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def take_step(page: Page, kind: str, **typed: str) -> None:
    """Fill the form of a step in and send it."""
    form = step_form(page, kind)
    fill(form, **typed)
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
