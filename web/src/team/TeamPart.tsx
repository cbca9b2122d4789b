import { usePerson } from "../shell/person";
import { isOfVendor } from "../projects/rights";
import type { PartProps } from "../dashboard/ProjectPage";
import { AddPerson } from "./AddPerson";
import { Invitations } from "./Invitations";
import { Members } from "./Members";
import { Reservations } from "./Reservations";
import "./team.css";

/** Who belongs to the project, who is invited, and which parts are whose. */
export default function TeamPart({ found, may }: PartProps) {
  const { project } = found;
  const { me } = usePerson();
  const forVendor = isOfVendor(project, me);
  const edit = may("edit_members");
  return (
    <div className="stack team">
      <Members project={project} edit={edit} forVendor={forVendor} />
      {edit && <AddPerson project={project} forVendor={forVendor} />}
      <Invitations project={project} edit={edit} forVendor={forVendor} />
      {may("edit_reservations") && <Reservations project={project} />}
    </div>
  );
}
