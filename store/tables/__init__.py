"""Every table, so that `metadata` is whole as soon as this is imported."""

from store.tables.acknowledged import AcknowledgedRow
from store.tables.aims import AimsEntryRow, AimsStepRow
from store.tables.answers import AnswerSetRow, FactRow
from store.tables.asks import AskRow
from store.tables.campaigns import CampaignAnswerRow, CampaignRow, CampaignToldRow
from store.tables.consults import ConsultRow
from store.tables.discussion import DiscussionRow
from store.tables.duties import DutyRow
from store.tables.flow import DoneRow, DueRow, InboxRow, LeaseRow, OutboxRow
from store.tables.incident import IncidentRow, IncidentStepRow
from store.tables.keep import CounterRow, FileRow, SettingRow, WordingRow
from store.tables.lacks import LackRow
from store.tables.nudges import NudgeRow, OfferRow, SnoozeRow
from store.tables.patterns import PatternRow, PatternStepRow
from store.tables.people import AbsenceRow, EmployeeRow, PersonRow, PlaceRow
from store.tables.results import ConditionRow, ConditionStepRow, DecisionRow, ResultRow, SignatureRow
from store.tables.review import ReviewStepRow
from store.tables.row import Row
from store.tables.running import AppointmentRow, StageMoveRow, TaskStepRow
from store.tables.sightings import SightingRow, SightingRunRow
from store.tables.talk import AddressRow, AssignmentRow, ConversationRow, InquiryRow, ReferralRow, ReportRow
from store.tables.trail import AuditHeadRow, AuditLineRow, AuditTextRow
from store.tables.trained import TrainedRow
from store.tables.unnamed import LetterRow, PhraseRow
from store.tables.uses import EU_CLASSES, STATES, DeploymentRow, ReaderRow, ToolRow, UseRow
from store.tables.watch import MeasureRow, PlanRow, ReadingRow

metadata = Row.metadata

__all__ = [
    "EU_CLASSES",
    "STATES",
    "AbsenceRow",
    "AcknowledgedRow",
    "AddressRow",
    "AimsEntryRow",
    "AimsStepRow",
    "AnswerSetRow",
    "AppointmentRow",
    "AskRow",
    "AssignmentRow",
    "AuditHeadRow",
    "AuditLineRow",
    "AuditTextRow",
    "CampaignAnswerRow",
    "CampaignRow",
    "CampaignToldRow",
    "ConditionRow",
    "ConditionStepRow",
    "ConsultRow",
    "ConversationRow",
    "CounterRow",
    "DecisionRow",
    "DeploymentRow",
    "DiscussionRow",
    "DoneRow",
    "DueRow",
    "DutyRow",
    "EmployeeRow",
    "FactRow",
    "FileRow",
    "InboxRow",
    "IncidentRow",
    "IncidentStepRow",
    "InquiryRow",
    "LackRow",
    "LeaseRow",
    "LetterRow",
    "MeasureRow",
    "NudgeRow",
    "OfferRow",
    "OutboxRow",
    "PatternRow",
    "PatternStepRow",
    "PersonRow",
    "PhraseRow",
    "PlaceRow",
    "PlanRow",
    "ReaderRow",
    "ReadingRow",
    "ReferralRow",
    "ReportRow",
    "ResultRow",
    "ReviewStepRow",
    "SettingRow",
    "SightingRow",
    "SightingRunRow",
    "SignatureRow",
    "SnoozeRow",
    "StageMoveRow",
    "TaskStepRow",
    "ToolRow",
    "TrainedRow",
    "UseRow",
    "WordingRow",
    "metadata",
]
