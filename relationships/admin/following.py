"""What follows for ties when something of theirs was saved."""

from django.forms import ModelForm

from relationships.deriving import derive
from sistercities.admin.registry import RegistryAdmin


class OfATie(RegistryAdmin):
    """Something that belongs to a tie, and from which the tie's axes follow."""

    row_relations = ("tie__city_a", "tie__city_b")
    autocomplete_fields = ("tie",)

    def after_save(self, objects: list, form: ModelForm | None = None) -> None:
        """Recompute the ties, also the one that it belonged to before."""
        ties = {row.tie_id for row in objects}
        if form is not None and isinstance(before := form.initial.get("tie"), int):
            ties.add(before)
        derive(ties)
        super().after_save(objects, form)
