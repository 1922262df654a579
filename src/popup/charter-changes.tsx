/**
 * What a charter that widened now says, beside what the person agreed to.
 *
 * Used by the popup, above the question that is asked anew. What is only on one side is marked, not by colour alone.
 */
import type { JSX } from 'preact';
import type { Charter } from '../charter/charter.ts';
import { charterDifferences, type DifferenceLine } from './charter-differences.ts';
import { t, type TextName } from './translate.ts';

const FIELD_TEXTS: Record<keyof Charter, TextName> = {
  organization: 'field_organization',
  contact: 'field_contact',
  purpose: 'field_purpose',
  collectorUrl: 'field_collectorUrl',
  apps: 'field_apps',
  neverRecord: 'field_neverRecord',
  scopes: 'field_scopes',
  protection: 'field_protection',
  holdHours: 'field_holdHours',
  retentionDays: 'field_retentionDays',
  expectedParticipants: 'field_expectedParticipants',
  minContributors: 'field_minContributors',
  release: 'field_release',
  tasks: 'field_tasks',
  budget: 'field_budget',
  notice: 'field_notice',
};

export function CharterChanges({ previous, next }: { previous: Charter; next: Charter }): JSX.Element {
  return (
    <section class="changes" aria-labelledby="changes-heading">
      <h2 id="changes-heading">{t('changes_heading')}</h2>
      {charterDifferences(previous, next).map(({ field, before, after }) => (
        <div class="change" key={field}>
          <h3>{t(FIELD_TEXTS[field])}</h3>
          <div class="beside">
            <Side title={t('changes_before')} lines={before} mark="del" />
            <Side title={t('changes_now')} lines={after} mark="ins" />
          </div>
        </div>
      ))}
    </section>
  );
}

interface SideProps {
  title: string;
  lines: DifferenceLine[];
  mark: 'del' | 'ins';
}

function Side({ title, lines, mark: Mark }: SideProps): JSX.Element {
  return (
    <div>
      <h4>{title}</h4>
      <ul>
        {lines.map(({ text, isShared }) => (
          <li key={text}>{isShared ? text : <Mark>{text}</Mark>}</li>
        ))}
      </ul>
    </div>
  );
}
