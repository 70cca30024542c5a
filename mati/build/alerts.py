"""A survey in; what the form service must know to tell that somebody is to be called back, out."""

from __future__ import annotations

from mati.model import CollectFollowUp, Survey, join, references

__all__ = ["follow_up_rule"]


def follow_up_rule(survey: Survey) -> CollectFollowUp | None:
    """Return the rule with the words of its reasons; None where nobody is to be told."""
    follow_up = survey.settings.follow_up
    if follow_up is None or follow_up.rule is None or not follow_up.notify:
        return None
    wanted = references(follow_up.rule)
    labels: dict[str, str] = {}
    answers: dict[str, str] = {}
    for question in survey.questions:
        if question.private:
            continue
        parts = {question.id: question.label.source}
        parts |= {join(question.id, row.id): row.label.source for row in question.rows}
        parts |= {join(question.id, field.id): field.label.source for field in question.fields}
        for name, words in parts.items():
            if name not in wanted:
                continue
            labels[name] = words
            answers |= {
                f"{name}={option.code}": option.label.source if option.label else option.code
                for option in question.options
            }
    return CollectFollowUp(
        condition=follow_up.rule,
        notify=follow_up.notify,
        labels=tuple(sorted(labels.items())),
        answers=tuple(sorted(answers.items())),
    )
