import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { readTimeZone } from './choices.ts'
import { formatPhone } from './phone.ts'
import { profileForm } from './profile-form.ts'
import { findProfile, type Profile, updateProfile } from './queries.ts'
import { confirmProfile } from './review-queries.ts'
import { ProfilePage, type ProfileValues } from './views.tsx'

/** Profile → Update Information. */
export const profile = new Hono<CandidateEnv>()
  .use(paths.profile, loadViewer, requireCandidate)
  .use(paths.profileReview, loadViewer, requireCandidate)

  .get(paths.profile, async (c) => {
    const kept = await requireProfile(c)
    const saved = c.req.query('saved') !== undefined
    return renderProfile(c, kept, keptValues(kept), { saved })
  })

  .post(paths.profile, withinFormLimit, async (c) => {
    const { db, viewer, program, now } = c.var
    const fields = await readFormFields(c)
    const form = v.safeParse(profileForm(program.settings.languages), fields)
    if (!form.success) {
      const kept = await requireProfile(c)
      return renderProfile(c, kept, typedValues(fields), { errors: fieldErrors(form.issues) })
    }
    await updateProfile(db, viewer.candidateId, form.output, now)
    return c.redirect(`${paths.profile}?saved`, 303)
  })

  .post(paths.profileReview, async (c) => {
    await confirmProfile(c.var.db, c.var.viewer.candidateId, c.var.now)
    return c.redirect(paths.home, 303)
  })

  // Whoever comes here by the back button or after signing in again is shown what there is to look at.
  .get(paths.profileReview, (c) => c.redirect(paths.profile, 303))

/** Whoever has a session has a record: foreign keys see to it. */
async function requireProfile(c: Context<CandidateEnv>): Promise<Profile> {
  const kept = await findProfile(c.var.db, c.var.viewer.candidateId)
  if (!kept) throw new Error('a session without a candidate')
  return kept
}

function renderProfile(
  c: Context<CandidateEnv>,
  { id, fullName, nativeName, emails }: Profile,
  values: ProfileValues,
  outcome: { saved?: boolean; errors?: FieldErrors },
) {
  const facts = {
    candidateId: id,
    fullName,
    nativeName,
    emails: emails.map(({ address, isPrimary, verifiedAt }) => ({
      address,
      isPrimary,
      isConfirmed: verifiedAt !== null,
    })),
  }
  const { program } = c.var
  const status = outcome.errors ? 422 : 200
  return render(c, <ProfilePage chrome={chromeOf(c)} {...{ program, facts, values, ...outcome }} />, status)
}

function keptValues(kept: Profile): ProfileValues {
  return {
    addressLine1: kept.addressLine1 ?? '',
    addressLine2: kept.addressLine2 ?? '',
    city: kept.city ?? '',
    region: kept.region ?? '',
    postalCode: kept.postalCode ?? '',
    country: kept.country ?? '',
    phone: kept.phone === null ? '' : formatPhone(kept.phone),
    company: kept.company ?? '',
    locale: kept.locale,
    timeZone: (kept.timeZone !== null && readTimeZone(kept.timeZone)) || '',
    nativeName: kept.nativeName ?? '',
    notifyResults: tick(kept.notifyResults),
    notifyAwards: tick(kept.notifyAwards),
    notifyReminders: tick(kept.notifyReminders),
    directoryOptIn: tick(kept.directoryOptIn),
  }
}

/** As a ticked box is sent. */
function tick(isOn: boolean): string {
  return isOn ? 'on' : ''
}

function typedValues(fields: Record<string, unknown>): ProfileValues {
  const text = (name: keyof ProfileValues) => typedText(fields, name)
  return {
    addressLine1: text('addressLine1'),
    addressLine2: text('addressLine2'),
    city: text('city'),
    region: text('region'),
    postalCode: text('postalCode'),
    country: text('country'),
    phone: text('phone'),
    company: text('company'),
    locale: text('locale'),
    timeZone: text('timeZone'),
    nativeName: text('nativeName'),
    notifyResults: text('notifyResults'),
    notifyAwards: text('notifyAwards'),
    notifyReminders: text('notifyReminders'),
    directoryOptIn: text('directoryOptIn'),
  }
}
