"""The message function: every text that a learner sees goes through it, so it can be translated.

`_("{name} is missing.", name=name)` looks the sentence up and fills it in; `N_("...")` only marks
a sentence that is kept in a table and looked up when it is shown. English is the source.
"""


def _(message, **values):
    """Return the message in the learner's language, its {names} replaced by the values."""
    return message.format(**values) if values else message


def N_(message):
    """Mark a message for translation; return it as it is."""
    return message


def language():
    """The language that messages are shown in, as HTML's `lang` names it."""
    return "en"


def direction():
    """The direction that this language is written in, as HTML's `dir` names it."""
    return "ltr"
