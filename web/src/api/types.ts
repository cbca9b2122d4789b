import type { components } from "./schema";

type Schemas = components["schemas"];

export type Config = Schemas["Config"];
export type Me = Schemas["Me"];
export type Project = Schemas["ProjectOut"];
export type NewProject = Schemas["NewProject"];
export type KindId = Schemas["Kind"];
export type Role = Schemas["Role"];
export type Task = Schemas["TaskOut"];
export type TaskItem = Schemas["TaskItemOut"];
export type Answer = NonNullable<TaskItem["previous"]>;
export type Submission = Schemas["SubmissionIn"];
export type Submitted = Schemas["SubmissionOut"];
export type Dashboard = Schemas["DashboardOut"];
export type Item = Schemas["ItemOut"];
export type ItemDetail = Schemas["ItemDetail"];
export type ItemStatus = Schemas["ItemStatus"];
export type Revision = Schemas["RevisionOut"];
export type ItemEvent = Schemas["EventOut"];
export type ReviewAction = Schemas["ReviewAction"];
export type Source = Schemas["Source"];
export type Member = Schemas["MemberOut"];
export type NewMember = Schemas["MemberIn"];
export type Invitation = Schemas["InvitationOut"];
export type Reservation = Schemas["ReservationOut"];
export type NewReservation = Schemas["ReservationIn"];
export type Operation = Schemas["OperationOut"];
export type Agreement = Schemas["AgreementOut"];
export type LogEntry = Schemas["LogEntryOut"];
export type Happened = Schemas["Happened"];
export type Webhook = Schemas["WebhookOut"];
export type Delivery = Schemas["DeliveryOut"];
export type Quality = Schemas["Quality"];
export type Export = Schemas["ExportOut"];
export type NewExport = Schemas["ExportIn"];
export type ExportFormat = Schemas["Format"];
export type Import = Schemas["ImportOut"];
export type NewImport = Schemas["ImportIn"];
export type ImportFormat = Schemas["ImportFormat"];
export type Datastore = Schemas["DatastoreOut"];
export type ImageView = Schemas["ImageOut"];
export type DicomFrame = Schemas["FrameOut"];
export type Assist = Schemas["Assist"];
export type AssistPatch = Schemas["AssistPatch"];
export type Run = Schemas["RunOut"];
export type RunDetail = Schemas["RunDetail"];
export type RunModel = Schemas["RunModel"];
export type NewRun = Schemas["RunIn"];
export type Doubt = Schemas["DoubtOut"];
export type Preview = Schemas["PreviewOut"];
export type Cost = Schemas["CostOut"];
export type Costs = Schemas["CostsOut"];
export type Budget = Schemas["BudgetOut"];
export type Backup = Schemas["BackupOut"];

/** A node of the label tree, as it is written and as it is read. */
export interface LabelNode {
  name: string;
  color?: string | null;
  description?: string | null;
  key?: string | null;
  children?: LabelNode[];
}
