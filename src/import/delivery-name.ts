/** As much as one request may carry. What is larger comes through the inbox. */
export const LARGEST_DELIVERY_BYTES = 100 * 1024 * 1024

/** A file's name and nothing that could mean a path. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .()+-]{0,199}$/u

export function isDeliveryName(name: string): boolean {
  return NAME.test(name)
}
