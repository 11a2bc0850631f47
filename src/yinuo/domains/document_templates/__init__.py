"""Document templates (单据模板): what users of the company write around and in its documents.

What it does: knows every kind of document, keeps in versions what was written for each in Chinese
and English, and says which version a document of a given instant carries.
What it never does: know what a document is about (that domain does), read a text as markup, or
change a paper that was issued (ADR 0014).

A domain that makes documents declares their kinds in its module `document_kinds`; it sits low in
the order so that all of them can ask it.
"""
