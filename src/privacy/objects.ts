/** As many as R2 deletes at once. */
const KEYS_PER_CALL = 1000

export async function deleteAll(bucket: R2Bucket, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += KEYS_PER_CALL)
    await bucket.delete(keys.slice(start, start + KEYS_PER_CALL))
}

/** Deletes what lies under a prefix, or what of it `which` says. */
export async function deleteUnder(
  bucket: R2Bucket,
  prefix: string,
  which: (objects: R2Object[]) => R2Object[] | Promise<R2Object[]> = (objects) => objects,
): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix, ...(cursor !== undefined && { cursor }) })
    const doomed = await which(page.objects)
    await deleteAll(
      bucket,
      doomed.map(({ key }) => key),
    )
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
}
