import type { WorkflowStep } from 'cloudflare:workers'
import { withoutParameters } from './failure.ts'

/**
 * How much one instance of a Workflow may do. The platform counts the queries of a whole instance against the thousand
 * of one invocation (cloudflare-docs#24090); a unit is some twenty of them, and what stands outside of units, such as
 * opening the members of a ZIP, takes the rest.
 */
export const UNITS_AN_INSTANCE = 36
export const QUERIES_A_UNIT = 20

/** That an instance has done as much as it may, and another has to go on. */
export class InstanceIsSpent extends Error {}

/** The steps of one instance. Their failures are such as the engine may keep and show. */
export class InstanceSteps {
  readonly #engine: WorkflowStep
  #left = UNITS_AN_INSTANCE

  constructor(engine: WorkflowStep) {
    this.#engine = engine
  }

  do<Answer extends Rpc.Serializable<Answer>>(name: string, work: () => Promise<Answer>): Promise<Answer> {
    return this.#engine.do(name, () => withoutParameters(work)) as Promise<Answer>
  }

  /** A step that costs one unit or more. Throws InstanceIsSpent, and does nothing, when there are not as many left. */
  async unit<Answer extends Rpc.Serializable<Answer>>(
    name: string,
    work: () => Promise<Answer>,
    units = 1,
  ): Promise<Answer> {
    this.#spend(units)
    return this.do(name, work)
  }

  /** A step that may cost all units that are left, and answers how many it did. */
  async units<Answer extends Rpc.Serializable<Answer> & { units: number }>(
    name: string,
    work: (most: number) => Promise<Answer>,
  ): Promise<Answer> {
    this.#spend(1)
    const most = this.#left + 1
    const answer = await this.do(name, () => work(most))
    this.#left -= Math.max(0, answer.units - 1)
    return answer
  }

  #spend(units: number): void {
    if (this.#left < units) throw new InstanceIsSpent()
    this.#left -= units
  }
}
