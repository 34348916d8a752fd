// npm run audit -- prove [--remote]

import type { ChainFault } from '../src/audit/chain.ts'
import { type LogProof, proveLog } from '../src/audit/prove.ts'
import { causeOf } from '../src/core/failure.ts'
import { withLocalPlatform } from './local-platform.ts'
import { withRemotePlatform } from './remote-platform.ts'

const [command, ...flags] = process.argv.slice(2)

try {
  if (command !== 'prove' || flags.some((flag) => flag !== '--remote'))
    throw new Error('usage: npm run audit -- prove [--remote]')
  const proof = await (flags.includes('--remote')
    ? withRemotePlatform(proveLog)
    : withLocalPlatform(proveLog))
  report(proof)
  if (proof.fault !== null) process.exitCode = 1
} catch (error) {
  console.error(causeOf(error))
  process.exitCode = 1
}

function report({ entries, head, waiting, fault, heads }: LogProof) {
  if (fault !== null) {
    console.error(`FAULT: ${inWords(fault)}`)
    console.error(`proven up to entry ${head.seq}, hash ${head.hash}`)
    return
  }
  console.log(`${entries} entries, none missing and none changed`)
  console.log(`head: entry ${head.seq}, hash ${head.hash}`)
  if (waiting > 0) console.log(`${waiting} newer entries are not sealed yet: the next tick does that`)
  const last = heads.at(-1)
  if (last) console.log(`${heads.length} noted heads agree, the last is ${last.key} (entry ${last.seq})`)
  else console.log('no head is noted in the bucket yet: that the end was not cut off is not proven')
}

function inWords({ seq, fault }: ChainFault): string {
  switch (fault) {
    case 'missing':
      return `entry ${seq} is missing`
    case 'changed':
      return `entry ${seq} is not what it was when it was sealed`
    case 'unsealed':
      return `entry ${seq} has lost its hash`
    case 'rewritten':
      return `entry ${seq} is sealed otherwise than the head noted in the bucket says`
    case 'cut-off':
      return `entry ${seq} and what came after it are gone; a head noted in the bucket has seen them`
  }
}
