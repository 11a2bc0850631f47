"""Addresses of letters of contact."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.billing import letter_steps, letters

LETTER = "letters/<uuid:letter_id>/"

urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("requests/<uuid:request_id>/letters/new/", letters.letter_new, name="letters_new"),
    path(LETTER, letters.letter_one, name="letters_one"),
    path(LETTER + "edit/", letters.letter_edit, name="letters_edit"),
    path(LETTER + "confirm/", letter_steps.confirm, name="letters_confirm"),
    path(LETTER + "send/", letter_steps.send, name="letters_send"),
    path(LETTER + "paper/", letter_steps.paper, name="letters_paper"),
    path(LETTER + "withdraw/", letter_steps.withdraw, name="letters_withdraw"),
    path(LETTER + "wrong/", letter_steps.wrong, name="letters_wrong"),
    path(LETTER + "proof/", letters.letter_proof, name="letters_proof"),
    *(
        path(
            LETTER + form + "/<slug:language>/",
            letters.letter_document,
            {"form": form},
            name=f"letters_{form}",
        )
        for form in ("pdf", "docx")
    ),
]
