import type { Project } from "../api/types";
import { ROLE_TITLES } from "../projects/roles";
import { Field } from "../ui/Field";
import { limitOf, rolesToGive, vendorFits, type Place } from "./places";
import { t } from "../words/words";

interface PlaceFieldsProps {
  project: Project;
  forVendor: boolean;
  place: Place;
  onChange: (place: Place) => void;
}

/** What somebody is to be: a role, how many items at most, and whether they are the vendor's. */
export function PlaceFields({ project: { vendor }, forVendor, place, onChange }: PlaceFieldsProps) {
  const roles = rolesToGive(forVendor, vendor !== null);
  return (
    <>
      <Field label={t("Role")}>
        {(control) => (
          <select {...control} value={place.role} onChange={(event) => onChange({ ...place, role: roles.find((role) => role === event.target.value) ?? place.role })}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {ROLE_TITLES[role]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("Items at most")} error={limitOf(place.limit) === undefined ? t("A whole number, or nothing.") : undefined}>
        {(control) => <input {...control} type="text" inputMode="numeric" autoComplete="off" placeholder={t("any")} value={place.limit} onChange={(event) => onChange({ ...place, limit: event.target.value })} />}
      </Field>
      {vendor !== null && !forVendor && vendorFits(place.role) === "perhaps" && (
        <label className="row vendor-check">
          <input type="checkbox" checked={place.vendor} onChange={(event) => onChange({ ...place, vendor: event.target.checked })} />
          {t("of {name}", { name: vendor.name })}
        </label>
      )}
    </>
  );
}
