import { env } from 'cloudflare:workers'
import { randomPublicId } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { signTranscriptToken, transcriptKeys } from '../../src/transcripts/token.ts'
import { db, LONG_AGO } from '../support/builders.ts'

/** A transcript as Save leaves it, working for long unless the test says otherwise, and the path of its link. */
export async function givenTranscript({
  awards,
  ...given
}: { candidateId: string; awards: { id: number }[] } & Partial<typeof schema.transcripts.$inferInsert>) {
  const publicId = randomPublicId()
  const [transcript] = await db
    .insert(schema.transcripts)
    .values({
      publicId,
      submission: crypto.randomUUID(),
      validThrough: '2099-12-31',
      remarks: '',
      createdAt: LONG_AGO,
      updatedAt: LONG_AGO,
      ...given,
    })
    .returning()
  for (const { id: awardId } of awards) {
    await db.insert(schema.transcriptAwards).values({ transcriptId: transcript!.id, awardId })
  }
  const token = await signTranscriptToken(publicId, await transcriptKeys(env.LINK_KEY))
  return { ...transcript!, token, path: `/t/${token}` }
}
