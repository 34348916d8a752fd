/** Where the eCertificates of an award are kept, however its facts have changed since. */
export function ecertificatePrefix(awardId: number): string {
  return `ecertificates/${awardId}/`
}

/**
 * The document under `key`, drawn only if it was never drawn before. Two that draw at once both store the same
 * bytes or one of them nothing: an object that is there is never overwritten.
 */
export async function keptDocument(
  bucket: R2Bucket,
  key: string,
  contentType: string,
  draw: () => Promise<Uint8Array>,
): Promise<R2ObjectBody> {
  const kept = await bucket.get(key)
  if (kept) return kept

  await bucket.put(key, await draw(), {
    onlyIf: { etagDoesNotMatch: '*' },
    httpMetadata: { contentType },
  })
  const stored = await bucket.get(key)
  if (!stored) throw new Error('a document that was just stored is not there')
  return stored
}

/** Streams a stored document as a file to save; only this candidate's browser may keep it. */
export function attachment(document: R2ObjectBody, fileName: string): Response {
  const headers = new Headers()
  document.writeHttpMetadata(headers)
  headers.set('etag', document.httpEtag)
  headers.set('content-length', String(document.size))
  headers.set('content-disposition', `attachment; filename="${fileName.replace(/[^A-Za-z0-9._-]+/g, '-')}"`)
  headers.set('cache-control', 'private, no-store')
  return new Response(document.body, { headers })
}
