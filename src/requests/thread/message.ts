import type { PhotoType } from '../photo-format.ts'

/** A file that came with a message. */
export type MessageFile = {
  id: number
  messageId: number
  mediaType: PhotoType
  bytes: number
  destroyedAt: Date | null
}

/** A message as its candidate sees it: of staff they learn that it was staff. */
export type SharedMessage = {
  id: number
  isFromStaff: boolean
  body: string
  createdAt: Date
  files: readonly MessageFile[]
}

/** A message as staff see it. Null for the candidate's. */
export type StaffMessage = {
  id: number
  staffName: string | null
  visibility: 'shared' | 'internal'
  body: string
  isByLink: boolean
  createdAt: Date
  files: readonly MessageFile[]
}

/** Each message with the files that came with it. */
export function withFiles<Message extends { id: number }>(
  messages: readonly Message[],
  files: readonly MessageFile[],
) {
  return messages.map((message) => ({
    ...message,
    files: files.filter(({ messageId }) => messageId === message.id),
  }))
}
