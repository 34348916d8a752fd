import { ok, refuse } from '../core/result.ts'
import type { RowReading } from './row.ts'

/** An accepted row of a file of ours, with the vendor's own number of the candidate where it gives one. */
export type AcknowledgementFields = {
  candidateId: string
  clientAuthorizationId?: string
  vendorCandidateId?: string
}

const LONGEST_NUMBER = 100

type Cell = (column: string) => string

/**
 * Reads a row of VCDC or EAC: whether the vendor took what we sent about a person or an authorization. What was taken
 * with a warning was not taken. A row that names nobody is about the whole file.
 */
export function readAcknowledgementRow(cell: Cell): RowReading<AcknowledgementFields> {
  const [candidateId, status, message] = [cell('candidateId'), cell('status').toLowerCase(), cell('message')]
  if (status !== 'accepted' && status !== 'error')
    return refuse({ reason: 'unknown_state', message: `status "${cell('status')}" is not known` })
  if (status === 'error' && candidateId === '')
    return refuse({ reason: 'file_not_accepted', message: `the vendor took nothing of the file: ${message}` })
  if (status === 'error') return refuse({ reason: 'not_accepted', message: `was not accepted: ${message}` })
  if (/^warning/i.test(message))
    return refuse({ reason: 'not_accepted', message: `was accepted with a ${message}` })
  if (candidateId === '') return refuse({ reason: 'missing_required', message: 'has no candidate ID' })

  const fields: AcknowledgementFields = { candidateId }
  const [authorization, vendorCandidateId] = [cell('clientAuthorizationId'), cell('vendorCandidateId')]
  if (vendorCandidateId.length > LONGEST_NUMBER)
    return refuse({ reason: 'bad_columns', message: 'has a candidate number of more than 100 characters' })
  if (authorization !== '') fields.clientAuthorizationId = authorization
  if (vendorCandidateId !== '') fields.vendorCandidateId = vendorCandidateId
  return ok({ fields, remarks: [] })
}

/** A number must mean one candidate; what teaches nothing may be said as often as the vendor likes. */
export function keyOfAcknowledgement(fields: AcknowledgementFields): string {
  return fields.vendorCandidateId === undefined
    ? `${fields.candidateId}/${fields.clientAuthorizationId ?? ''}`
    : `number ${fields.vendorCandidateId}`
}
