"""The form in which a scenario says what it changes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from signoff.app.web.forms.numerals import read_number
from signoff.brief import ApprovalRule
from signoff.plan import CampaignPlan, ScenarioChanges, VenueChange
from signoff.report.wording import read_catalog
from signoff.units import CommitteeRole

__all__ = ["ChangesForm"]

LEFT = ("", gettext_lazy("as in the plan"))
DONE = (
    LEFT,
    ("exclude", gettext_lazy("leave it out")),
    ("use", gettext_lazy("use it if it pays")),
)
RULES = {
    ApprovalRule.ANY: gettext_lazy("any role is enough"),
    ApprovalRule.MEAN: gettext_lazy("each reached role adds its part"),
    ApprovalRule.EVERY_LEVEL: gettext_lazy("every level must be reached"),
    ApprovalRule.QUORUM: gettext_lazy("so many of the roles must be reached"),
    ApprovalRule.UPLIFT: gettext_lazy("each reached role makes approval likelier"),
}


class AmountField(forms.DecimalField):
    """An amount as the reader writes it, thousands set apart or not."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        """Read what was typed.

        Raises:
            ValidationError: it is no number.
        """
        if value in self.empty_values:
            return None
        try:
            return read_number(str(value), language=get_language() or "en")
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class ShareField(AmountField):
    """A share from 0 to 1, written as such or in percent."""

    def to_python(self, value: Any) -> Decimal | None:
        """Read what was typed.

        Raises:
            ValidationError: it is no number.
        """
        text = str(value or "").strip()
        share = super().to_python(text.removesuffix("%").strip())
        return share / 100 if share is not None and text.endswith("%") else share


class ChangesForm(forms.Form):
    """Budget, rule, roles, dates, and what to do with each venue; empty stays as it is."""

    title = forms.CharField(max_length=120, label=gettext_lazy("Name of the scenario"))
    budget = AmountField(
        required=False, min_value=Decimal("0.01"), decimal_places=2, label=gettext_lazy("Budget")
    )
    starts_on = forms.DateField(
        required=False,
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The last day moves along."),
    )
    approval_rule = forms.ChoiceField(
        required=False,
        choices=[LEFT, *((rule.value, word) for rule, word in RULES.items())],
        label=gettext_lazy("Approval rule"),
    )
    quorum_roles = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=7,
        label=gettext_lazy("Roles needed"),
        help_text=gettext_lazy("How many, where so many of the roles must be reached."),
    )
    base_share = AmountField(
        required=False,
        min_value=Decimal("0.000001"),
        max_value=Decimal("0.999999"),
        label=gettext_lazy("Chance without advertising"),
        help_text=gettext_lazy(
            "From 0 to 1: the chance of approval when nobody is reached, where each reached role "
            "makes approval likelier."
        ),
    )
    caution_share = ShareField(
        required=False,
        min_value=Decimal("0.005"),
        max_value=Decimal(1),
        label=gettext_lazy("How cautious"),
        help_text=gettext_lazy(
            "Share of the worst draws to plan for, such as 10 %; 100 % for the expected result."
        ),
    )
    exposures_needed = forms.IntegerField(
        required=False, min_value=1, max_value=50, label=gettext_lazy("Exposures needed")
    )

    def __init__(self, *args: Any, plan: CampaignPlan, **names: Any) -> None:
        super().__init__(*args, **names)
        self.plan = plan
        catalog = read_catalog(get_language() or "en")
        members = [role.role for role in plan.brief.committee.roles]
        self._offer_rules()
        self.fields["roles_removed"] = forms.MultipleChoiceField(
            required=False,
            choices=[(role.value, catalog.term("role", role.value)) for role in members],
            widget=forms.CheckboxSelectMultiple,
            label=_("Roles to leave out"),
        )
        for place, line in enumerate(plan.venues.lines):
            self._add_venue(place, name=line.name)

    def _offer_rules(self) -> None:
        """Offer the rules that the plan's committee can be judged by: no uplift, no such rule."""
        has_uplift = any(role.uplift for role in self.plan.brief.committee.roles)
        offered = [rule for rule in RULES if has_uplift or rule is not ApprovalRule.UPLIFT]
        field = self.fields["approval_rule"]
        field.choices = [LEFT, *((rule.value, RULES[rule]) for rule in offered)]
        if not has_uplift:
            del self.fields["base_share"]

    def _add_venue(self, place: int, *, name: str) -> None:
        words = {"venue": name}
        self.fields[f"use_{place}"] = forms.ChoiceField(
            required=False, choices=DONE, label=_("%(venue)s: use") % words
        )
        for key, label in (
            ("floor", _("%(venue)s: spend at least")),
            ("ceiling", _("%(venue)s: spend at most")),
        ):
            self.fields[f"{key}_{place}"] = AmountField(
                required=False, min_value=Decimal(0), decimal_places=2, label=label % words
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the number that the rule needs and neither form nor brief gives."""
        said = super().clean() or {}
        committee = self.plan.brief.committee
        rule = said.get("approval_rule") or committee.approval_rule.value
        if rule == ApprovalRule.QUORUM.value and "quorum_roles" in said:
            needed = said["quorum_roles"] or committee.quorum_roles
            n_roles = len(committee.roles) - len(said.get("roles_removed") or ())
            if needed is None:
                self.add_error("quorum_roles", _("Say how many roles must be reached."))
            elif needed > n_roles:
                words = {"n": n_roles}
                self.add_error("quorum_roles", _("The committee then has %(n)s roles.") % words)
        is_uplift = rule == ApprovalRule.UPLIFT.value and "base_share" in said
        if is_uplift and said["base_share"] is None and committee.base_share is None:
            self.add_error("base_share", _("Say how likely approval is when nobody is reached."))
        return said

    def general_fields(self) -> list[forms.BoundField]:
        """Give the fields that are not about a single venue."""
        return [self[name] for name in self.fields if not name.rpartition("_")[2].isdigit()]

    def venue_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Give, by venue, its fields."""
        keys = ("use", "floor", "ceiling")
        return [
            (line.name, [self[f"{key}_{place}"] for key in keys])
            for place, line in enumerate(self.plan.venues.lines)
        ]

    def changes(self) -> ScenarioChanges:
        """Give what was asked for, once the form is valid."""
        said = self.cleaned_data
        return ScenarioChanges(
            budget=said["budget"],
            starts_on=said["starts_on"],
            approval_rule=ApprovalRule(said["approval_rule"]) if said["approval_rule"] else None,
            quorum_roles=said["quorum_roles"],
            base_share=said.get("base_share"),
            exposures_needed=said["exposures_needed"],
            caution_share=said["caution_share"],
            roles_removed=tuple(CommitteeRole(role) for role in said["roles_removed"]),
            venues=tuple(self._venue_changes()),
        )

    def _venue_changes(self) -> list[VenueChange]:
        said, found = self.cleaned_data, []
        for place, line in enumerate(self.plan.venues.lines):
            use = said[f"use_{place}"]
            floor, ceiling = said[f"floor_{place}"], said[f"ceiling_{place}"]
            if use or floor is not None or ceiling is not None:
                excluded = {"exclude": True, "use": False}.get(use)
                found.append(
                    VenueChange(venue=line.venue_id, exclude=excluded, floor=floor, ceiling=ceiling)
                )
        return found
