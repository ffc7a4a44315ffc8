import type { BallotBook } from '../ballot-book.ts';
import type { Project } from '../election.ts';
import { atScale, decimalFromScale, type Decimal } from '../exact/decimal.ts';
import type { Slip } from './desk.ts';
import type { MetaFacts } from './meta.ts';
import type { Report } from './section.ts';

export interface BallotLimits {
  /** Reports what the ballot breaks: the length, costs and points that META allows, and projects named twice. */
  readonly check: (slip: Slip) => void;
}

interface Money {
  readonly projects: readonly Project[];
  readonly moneyScale: number;
}

export function createBallotLimits(report: Report, facts: MetaFacts, money: Money, book: BallotBook): BallotLimits {
  const { limits, voteType } = facts;
  const metAt = new Float64Array(money.projects.length).fill(-1);
  const hasCosts = limits.minSumCost !== null || limits.maxSumCost !== null;
  const hasPoints = [limits.minPoints, limits.maxPoints, limits.minSumPoints, limits.maxSumPoints].some(
    (limit) => limit !== null
  );
  let ballot = 0;

  function check(slip: Slip): void {
    const length = countOnce(slip);
    if (voteType === 'choose-1' && length !== 1) report('choose-one', slip.line, slip.voteColumn, String(length));
    if (length < limits.minLength || length > limits.maxLength)
      report('length-limit', slip.line, slip.voteColumn, String(length), span(limits.minLength, limits.maxLength));
    if (hasCosts) checkCosts(slip);
    if (hasPoints && (voteType === 'cumulative' || voteType === 'scoring')) checkPoints(slip);
  }

  function countOnce(slip: Slip): number {
    ballot++;
    let length = 0;
    for (let i = 0; i < slip.length; i++) {
      const p = slip.projects[i]!;
      if (metAt[p] === ballot) report('project-repeated', slip.line, slip.voteColumn, money.projects[p]!.id);
      else length++;
      metAt[p] = ballot;
    }
    return length;
  }

  function checkCosts(slip: Slip): void {
    let sum = 0n;
    for (const p of new Set(slip.projects.subarray(0, slip.length))) sum += money.projects[p]!.cost;
    if (isOutside(sum, money.moneyScale, limits.minSumCost, limits.maxSumCost)) {
      report(
        'cost-limit',
        slip.line,
        slip.voteColumn,
        decimalFromScale(sum, money.moneyScale),
        decimalSpan(limits.minSumCost, limits.maxSumCost)
      );
    }
  }

  function checkPoints(slip: Slip): void {
    const scale = book.pointScale();
    let sum = 0n;
    for (let i = 0; i < slip.length; i++) {
      const units = BigInt(slip.points[i]!);
      sum += units;
      if (!isOutside(units, scale, limits.minPoints, limits.maxPoints)) continue;
      report(
        'points-limit',
        slip.line,
        slip.pointsColumn,
        decimalFromScale(units, scale),
        decimalSpan(limits.minPoints, limits.maxPoints)
      );
    }
    if (isOutside(sum, scale, limits.minSumPoints, limits.maxSumPoints)) {
      report(
        'points-sum-limit',
        slip.line,
        slip.pointsColumn,
        decimalFromScale(sum, scale),
        decimalSpan(limits.minSumPoints, limits.maxSumPoints)
      );
    }
  }

  return { check };
}

function isOutside(units: bigint, scale: number, least: Decimal | null, most: Decimal | null): boolean {
  return (least !== null && compareAt(units, scale, least) < 0) || (most !== null && compareAt(units, scale, most) > 0);
}

function compareAt(units: bigint, scale: number, limit: Decimal): number {
  const common = Math.max(scale, limit.scale);
  const left = atScale({ digits: units, scale }, common);
  const right = atScale(limit, common);
  return left < right ? -1 : left > right ? 1 : 0;
}

function span(least: number, most: number): string {
  if (most === Infinity) return `${least} or more`;
  return `${least}–${most}`;
}

function decimalSpan(least: Decimal | null, most: Decimal | null): string {
  const low = least === null ? '…' : decimalFromScale(least.digits, least.scale);
  const high = most === null ? '…' : decimalFromScale(most.digits, most.scale);
  return `${low}–${high}`;
}
