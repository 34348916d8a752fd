import { readdirSync, readFileSync } from 'node:fs'

const EVERY_MS = 50
/** The isolate of the product among those of the local platform. */
const ISOLATE = 'core:user:bench'

export type Memory = {
  /** Resident size of the whole runtime: isolates of the product, D1, R2, queues and Workflows, and SQLite's caches. */
  idleBytes: number
  peakBytes: number
  /** What V8 says that the product's isolate uses, with garbage that nobody has collected yet. */
  idleHeapBytes: number
  peakHeapBytes: number
}

/** Watches the memory of the runtime that this process started, until it is stopped. */
export async function watchMemory(inspector: URL): Promise<() => Memory> {
  const isolate = await openInspector(inspector)
  const pids = runtimePids()
  const idleBytes = residentBytes(pids)
  const idleHeapBytes = await isolate.heapBytes()
  const memory: Memory = { idleBytes, peakBytes: idleBytes, idleHeapBytes, peakHeapBytes: idleHeapBytes }

  let isAsking = false
  const timer = setInterval(async () => {
    memory.peakBytes = Math.max(memory.peakBytes, residentBytes(pids))
    // Answered only between two turns of the isolate's own work.
    if (isAsking) return
    isAsking = true
    memory.peakHeapBytes = Math.max(memory.peakHeapBytes, await isolate.heapBytes())
    isAsking = false
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
    isolate.close()
    return memory
  }
}

type HeapUsage = { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number }

async function openInspector(inspector: URL) {
  const socket = new WebSocket(`${inspector.href}${ISOLATE}`)
  const waiting = new Map<number, (usage: HeapUsage) => void>()
  let asked = 0
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`no isolate answers at ${inspector}`)))
  })
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: HeapUsage }
    if (id !== undefined && result) waiting.get(id)?.(result)
  })

  return {
    heapBytes: async () => {
      asked += 1
      const id = asked
      const { promise, resolve } = Promise.withResolvers<HeapUsage>()
      waiting.set(id, resolve)
      socket.send(JSON.stringify({ id, method: 'Runtime.getHeapUsage' }))
      const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await promise
      waiting.delete(id)
      return usedSize + embedderHeapUsedSize + backingStorageSize
    },
    close: () => socket.close(),
  }
}

/** The processes named workerd that descend from this one. */
function runtimePids(): number[] {
  const parents = new Map<number, { parent: number; name: string }>()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readProc(pid, 'stat')) ?? []
    if (name !== undefined) parents.set(Number(pid), { parent: Number(parent), name })
  }
  const descends = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent
    return parent !== undefined && (parent === process.pid || descends(parent))
  }
  return [...parents].flatMap(([pid, { name }]) => (name === 'workerd' && descends(pid) ? [pid] : []))
}

function residentBytes(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? 0))
  return kilobytes.reduce((sum, size) => sum + size, 0) * 1024
}

/** A process may end while it is looked at. */
function readProc(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
