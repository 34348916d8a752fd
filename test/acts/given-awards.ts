import { and, eq } from 'drizzle-orm'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { addMonths, calendarDateIn } from '../../src/core/calendar-date.ts'
import { awards } from '../../src/schema.ts'
import { db, givenCandidate, givenResult } from '../support/builders.ts'
import { post, send } from '../support/requests.ts'

export const today = calendarDateIn('America/Los_Angeles', new Date())
export const passedOn = addMonths(today, -30)
export const expiresOn = addMonths(passedOn, 36)

/** Holds JNCIA-Junos and JNCIS-ENT, both for half a year more. */
export async function givenSpecialist(given: Parameters<typeof givenCandidate>[0] = {}) {
  const candidate = await givenCandidate({ revision: 1, ...given })
  const sat = { candidateId: candidate.id, examOn: passedOn }
  await givenResult(sat)
  await givenResult({ ...sat, exam: 'JNCIS-ENT', examCode: 'JN0-352' })
  await keepAwards(db, today, new Date())
  return candidate
}

export async function awardOf({ id }: { id: string }, certification = 'JNCIS-ENT') {
  const [award] = await db
    .select()
    .from(awards)
    .where(and(eq(awards.candidateId, id), eq(awards.certification, certification)))
  return award!
}

type Headers = Record<string, string>

export async function page(path: string, headers: Headers = {}) {
  const response = await send(path, { headers })
  const text = await response.text()
  return { status: response.status, text, location: response.headers.get('location') }
}

/** What the hidden fields of a page's forms hold. */
export function hiddenFields(text: string): Record<string, string> {
  const fields = text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  return Object.fromEntries([...fields].map(([, name, value]) => [name!, unescaped(value!)]))
}

export async function posted(path: string, fields: Record<string, string>, headers: Headers) {
  const response = await post(path, fields, { headers })
  const text = await response.text()
  return { status: response.status, text, location: response.headers.get('location') }
}

/** Fills in the form, looks at the preview, and confirms it. */
export async function act(awardId: number, kind: string, fields: Record<string, string>, headers: Headers) {
  const path = `/staff/awards/${awardId}/${kind}`
  const form = await page(path, headers)
  const filled = { ...hiddenFields(form.text), on: today, reason: 'A reason', ...fields }
  const preview = await posted(path, filled, headers)
  if (preview.status !== 200) return { preview, done: preview, confirming: filled }
  const confirming = hiddenFields(preview.text)
  return { preview, done: await posted(path, confirming, headers), confirming }
}

function unescaped(html: string): string {
  return html.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => CHARACTERS[name]!)
}

const CHARACTERS: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
