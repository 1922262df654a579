/**
 * The charter's tasks: one press to begin one, one press to say that it is done or given up.
 *
 * Used by the popup while the page is being recorded. Nobody has to use it; what is marked comes from the charter's list.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { TaskMark, TaskMarkAnswer } from '../messages.ts';
import { markTask } from './actions.ts';
import { t } from './translate.ts';
import type { RunAction } from './use-popup.ts';

interface TaskStripProps {
  tasks: readonly string[];
  running: string | undefined;
  tabId: number;
  run: RunAction;
}

export function TaskStrip({ tasks, running, tabId, run }: TaskStripProps): JSX.Element {
  const [answer, setAnswer] = useState<TaskMarkAnswer['kind']>();
  const mark = (said: TaskMark, task: string) => {
    setAnswer(undefined);
    void run(async () => setAnswer((await markTask(said, task, tabId)).kind));
  };
  return (
    <section class="tasks" aria-labelledby="tasks-heading">
      <h2 id="tasks-heading">{running === undefined ? t('tasks_heading') : t('tasks_running', running)}</h2>
      <div class={running === undefined ? 'chips' : 'row'} role="group" aria-labelledby="tasks-heading">
        {running === undefined ? (
          tasks.map((task) => (
            <button
              type="button"
              key={task}
              aria-label={t('tasks_begin', task)}
              onClick={() => mark('begun', task)}
            >
              {task}
            </button>
          ))
        ) : (
          <>
            <button type="button" onClick={() => mark('done', running)}>
              {t('tasks_done')}
            </button>
            <button type="button" onClick={() => mark('givenUp', running)}>
              {t('tasks_givenUp')}
            </button>
          </>
        )}
      </div>
      <p class="hint">{t('tasks_hint')}</p>
      <p role="status" class="outcome">
        {answer !== undefined &&
          answer !== 'done' &&
          t(answer === 'no-view' ? 'tasks_noView' : 'tasks_notRecording')}
      </p>
    </section>
  );
}
