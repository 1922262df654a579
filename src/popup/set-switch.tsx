/**
 * A switch for something that is stored elsewhere: it stays where the person put it while that is being changed.
 *
 * Used by the popup. Shows what is stored again as soon as the change is done, whatever came of it.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';

interface SetSwitchProps {
  label: string;
  name: string;
  isOn: boolean;
  /** Resolves once the change holds, or has failed. */
  turn: (isOn: boolean) => Promise<void>;
  describedBy?: string;
}

export function SetSwitch({ label, name, isOn, turn, describedBy }: SetSwitchProps): JSX.Element {
  const [wanted, setWanted] = useState<boolean>();
  const change = async (isWanted: boolean) => {
    setWanted(isWanted);
    await turn(isWanted);
    setWanted(undefined);
  };
  return (
    <label class="switch">
      <span class="switch-label">{label}</span>
      <input
        type="checkbox"
        role="switch"
        name={name}
        checked={wanted ?? isOn}
        aria-describedby={describedBy}
        onChange={(event) => void change(event.currentTarget.checked)}
      />
    </label>
  );
}
