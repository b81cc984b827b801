from django.apps import AppConfig


class ResidenciesConfig(AppConfig):
    name = "labbooking.residencies"
    label = "residencies"
    verbose_name = "Residencies"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from labbooking.residencies.applications.models import Application
        from labbooking.residencies.applications.requirements import declare_part
        from labbooking.residencies.blind.audience import declare_readers
        from labbooking.residencies.jury.queries import reads
        from labbooking.residencies.personal_data import HELD
        from labbooking.residencies.questions.part import ANSWERS
        from labbooking.residencies.retention.replay import REPLAY
        from labbooking.residencies.seasons.forgotten import forget_code
        from labbooking.residencies.stays.checklists.models import CheckItem
        from labbooking.residencies.stays.personal_data import HELD as HELD_BY_STAYS
        from labbooking.residencies.stays.personal_data import forget_photo
        from labbooking.residencies.works.part import WORKS
        from residents.privacy.registry import declare, declare_replay

        declare(*HELD, *HELD_BY_STAYS)
        declare_replay(REPLAY)
        declare_part(ANSWERS)
        declare_part(WORKS)
        post_delete.connect(forget_photo, sender=CheckItem)
        post_delete.connect(forget_code, sender=Application)
        declare_readers(reads)
