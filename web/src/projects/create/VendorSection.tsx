import { Field } from "../../ui/Field";
import type { SectionProps } from "./draft";
import { t } from "../../words/words";

export function VendorSection({ draft, change, errors }: SectionProps) {
  return (
    <section className="card section">
      <label className="row">
        <input type="checkbox" checked={draft.hasVendor} onChange={(event) => change({ hasVendor: event.target.checked })} />
        {t("People of another company label too")}
      </label>
      {draft.hasVendor && (
        <div className="two-fields">
          <Field label={t("Name of the company")} error={errors.vendor_name}>
            {(control) => <input {...control} type="text" autoComplete="off" value={draft.vendorName} onChange={(event) => change({ vendorName: event.target.value })} />}
          </Field>
          <Field label={t("E-mail of its admin")} error={errors.vendor_email} hint={t("Invited as vendor admin: sees and manages the company’s own labelers, nobody else’s.")}>
            {(control) => <input {...control} type="email" autoComplete="off" value={draft.vendorEmail} onChange={(event) => change({ vendorEmail: event.target.value })} />}
          </Field>
        </div>
      )}
    </section>
  );
}
