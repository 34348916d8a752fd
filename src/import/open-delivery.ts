import { ok, type Result, refuse } from '../core/result.ts'
import type { NotedMember } from './open-members.ts'
import type { StoredFile, TableSource } from './open-table.ts'
import type { KeptRow } from './row.ts'
import { isZip, listZipMembers } from './zip-members.ts'

export type OpenDelivery = {
  sources: TableSource[]
  /** Members that are better left packed, with why. */
  refused: NotedMember[]
}

/** Looks into a delivery, by its bytes and not by its name: what tables may be in it. */
export async function openDelivery(
  bucket: R2Bucket,
  delivery: StoredFile,
): Promise<Result<OpenDelivery, string>> {
  if (delivery.bytes === 0) return refuse('is empty')
  const head = await bucket.get(delivery.objectKey, {
    range: { offset: 0, length: Math.min(4, delivery.bytes) },
  })
  if (!head) throw new Error(`${delivery.objectKey} is gone`)
  if (!isZip(new Uint8Array(await head.arrayBuffer()))) {
    const alone = { member: delivery.name, bytes: delivery.bytes, number: 0, inZip: false }
    return ok({ sources: [alone], refused: [] })
  }

  const listed = await listZipMembers(bucket, delivery.objectKey, delivery.bytes)
  if (!listed.ok) return listed
  return ok({
    sources: listed.value.flatMap(({ member, refusal }, number) =>
      refusal === null ? [{ member: member.name, bytes: member.bytes, number, inZip: true }] : [],
    ),
    refused: listed.value.flatMap(({ member, refusal }, number) =>
      refusal === null ? [] : [{ number, member: member.name, bytes: member.bytes, message: refusal }],
    ),
  })
}

/** A note about a whole member, on the line before its first. */
export function memberNote(member: string, message: string, waits: boolean): KeptRow {
  return {
    line: 0,
    kind: 'member',
    fault: { reason: 'not_read', message },
    raw: member,
    fields: null,
    candidateId: null,
    examCode: null,
    waits,
  }
}
