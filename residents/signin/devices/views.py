from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from residents.access import PersonRequest
from residents.signin.devices.actions import end_there


@login_required
@require_POST
def sign_out_there(request: PersonRequest, key: str) -> HttpResponse:
    if not end_there(request.user, key, at=timezone.now()):
        raise Http404(_("You are not signed in there any more."))
    messages.success(request, _("You are signed out there."))
    return redirect(f"{reverse('mfa_index')}#devices")
