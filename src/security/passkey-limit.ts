/** More than anybody has devices; it keeps what one account can store within bounds. */
export const PASSKEY_LIMIT = 20
/** Of a passkey's name, in characters. */
export const NAME_LIMIT = 60
