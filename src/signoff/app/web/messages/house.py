"""The message house of a brief: what there is to say to each role, and what is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signoff.app.web.messages.choosing import choose_brief
from signoff.messages import build_house

__all__ = ["show_house"]


def show_house(request: HttpRequest) -> HttpResponse:
    """Show positioning, core messages, and for each role what it gains, doubts and lacks."""
    choice = choose_brief(request)
    if choice.brief is None:
        return render(request, "messages/none.html")
    house = build_house(choice.brief)
    asked = request.GET.get("role", "")
    roles = [one.role.value for one in house.roles]
    context = {
        "choice": choice,
        "house": house,
        "shown": [one for one in house.roles if asked not in roles or one.role == asked],
        "role": asked if asked in roles else "",
        "n_gaps": len(house.gaps) + sum(len(one.gaps) for one in house.roles),
    }
    return render(request, "messages/house.html", context)
