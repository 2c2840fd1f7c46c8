"""The views to which the desk's script sends texts and replacements."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _

from cms.translation import localize, replacements, saving
from cms.translation.segment_rows import condition_of, digest, progress_messages, segment_counts
from cms.translation.suggestions import suggestions
from cms.translation.views.base import AdminRequest, TranslationView, json_response


class SaveSegmentView(TranslationView):
    """Saves the text of one segment."""

    http_method_names = ["post"]

    def post(self, request: AdminRequest, segment_id: int) -> JsonResponse:
        """Return the stored text and the progress, or why the text was not stored."""
        if self.permissions.read_only_reason:
            return json_response(403, error=self.permissions.read_only_reason)
        segment_input = saving.SegmentInput(
            request.POST.get("text", ""),
            request.POST.get("seen", ""),
            is_confirmed="confirm" in request.POST,
        )
        try:
            trouble = saving.save_segment(self.translation, segment_id, segment_input, request.user)
        except LookupError:
            raise Http404 from None
        except saving.ConflictError:
            return self.conflict(segment_id)
        except saving.TooLongError as error:
            return json_response(413, error=" ".join(error.messages))
        except ValidationError as error:
            return json_response(422, error=" ".join(error.messages))
        return self.state(segment_id, trouble)

    def state(self, segment_id: int, trouble: str) -> JsonResponse:
        """Return the state of the segment and of the segments that share its text."""
        segments = localize.segments(self.translation)
        saved = next(each for each in segments if each.id == segment_id)
        condition = condition_of(saved)
        by_id = suggestions([saved], self.translation.target_locale, self.request.user)
        return json_response(
            text=saved.initial_text,
            seen=digest(saved.initial_text),
            condition=condition,
            condition_label=condition.label,
            warnings=by_id[saved.id].warnings(saved, saved.initial_text),
            errors={each.id: each.error for each in segments if each.error},
            counts=segment_counts(segments),
            told=progress_messages(segment_counts(segments)),
            trouble=trouble,
        )

    def conflict(self, segment_id: int) -> JsonResponse:
        """Return the text that somebody else stored in the meantime."""
        segments = localize.segments(self.translation)
        theirs = next(each for each in segments if each.id == segment_id)
        return json_response(
            409,
            error=conflict_message(theirs.translator),
            text=theirs.initial_text,
            seen=digest(theirs.initial_text),
        )


def conflict_message(translator: User | None) -> str:
    """Return a message that names the user who changed the segment."""
    if translator is None:
        return _("This segment was changed meanwhile.")
    name = translator.get_full_name() or translator.get_username()
    return _("%(name)s changed this segment meanwhile.") % {"name": name}


class SaveReplacementView(TranslationView):
    """Saves the picture, file or address that the translation uses instead of the original's."""

    http_method_names = ["post"]

    def post(self, request: AdminRequest, replaceable_id: int) -> JsonResponse:
        """Save the replacement; return only the errors."""
        if self.permissions.read_only_reason:
            return json_response(403, error=self.permissions.read_only_reason)
        known = {each.id: each for each in replacements.replaceable_rows(self.translation)}
        if replaceable_id not in known:
            raise Http404
        try:
            trouble = replacements.save_replacement(
                self.translation, known[replaceable_id], request.POST.get("value", ""), request.user
            )
        except ValidationError as error:
            return json_response(422, error=" ".join(error.messages))
        return json_response(trouble=trouble)
