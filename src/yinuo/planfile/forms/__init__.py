"""Plans as forms, made from the tables that make the check, the schema and the reference too."""

from yinuo.planfile.forms.acting import Act, acted
from yinuo.planfile.forms.building import Form, Part, plan_form
from yinuo.planfile.forms.fields import Field, Option

__all__ = ["Act", "Field", "Form", "Option", "Part", "acted", "plan_form"]
