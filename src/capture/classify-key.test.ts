import { describe, expect, it } from 'vitest';
import { classifyKey } from './classify-key.ts';

type Facts = Parameters<typeof classifyKey>[0];

function aKey(key: string, facts: Partial<Facts> = {}, modifier = ''): Facts {
  return {
    key,
    keyCode: 0,
    isComposing: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    getModifierState: (name: string) => name === modifier,
    ...facts,
  };
}

describe('classifyKey', () => {
  it('tells no letter from another, in any script', () => {
    for (const key of ['a', 'Z', 'ß', 'é', 'я', 'あ', '𝒜'])
      expect(classifyKey(aKey(key), false)).toEqual({ keyClass: 'letter' });
    for (const key of ['0', '9', '٣']) expect(classifyKey(aKey(key), false)).toEqual({ keyClass: 'digit' });
    for (const key of ['!', '/', '€', '"'])
      expect(classifyKey(aKey(key), false)).toEqual({ keyClass: 'punctuation' });
  });

  it('names keys that are actions', () => {
    expect(classifyKey(aKey('ArrowUp'), false)).toEqual({ press: 'arrowUp', keyClass: 'navigation' });
    expect(classifyKey(aKey('Delete'), false)).toEqual({ press: 'delete', keyClass: 'backspace' });
    expect(classifyKey(aKey(' '), false)).toEqual({ press: 'space', keyClass: 'space' });
    expect(classifyKey(aKey('Escape'), false)).toEqual({ press: 'escape' });
    expect(classifyKey(aKey('F5'), false)).toEqual({ press: 'function' });
  });

  it('says nothing of modifiers, unknown keys and unnamed commands', () => {
    for (const key of ['Shift', 'Control', 'Unidentified', 'ContextMenu', 'AudioVolumeUp'])
      expect(classifyKey(aKey(key), false)).toBeUndefined();
    expect(classifyKey(aKey('j', { ctrlKey: true }), false)).toBeUndefined();
    expect(classifyKey(aKey('f', { altKey: true }), false)).toBeUndefined();
  });

  it('names shortcuts by Ctrl, on a Mac by the command key', () => {
    expect(classifyKey(aKey('c', { ctrlKey: true }), false)).toEqual({ shortcut: 'copy' });
    expect(classifyKey(aKey('c', { metaKey: true }), true)).toEqual({ shortcut: 'copy' });
    expect(classifyKey(aKey('c', { metaKey: true }), false)).toBeUndefined();
    expect(classifyKey(aKey('Z', { ctrlKey: true, shiftKey: true }), false)).toEqual({ shortcut: 'redo' });
    expect(classifyKey(aKey('Enter', { ctrlKey: true }), false)).toEqual({ shortcut: 'submit' });
    expect(classifyKey(aKey('C', { ctrlKey: true, shiftKey: true }), false)).toBeUndefined();
  });

  it('takes a character written with AltGr or Option for a character', () => {
    expect(classifyKey(aKey('@', { ctrlKey: true, altKey: true }, 'AltGraph'), false)).toEqual({
      keyClass: 'punctuation',
    });
    expect(classifyKey(aKey('ø', { altKey: true }), true)).toEqual({ keyClass: 'letter' });
  });

  it('keeps the class of keys that edit by word', () => {
    expect(classifyKey(aKey('Backspace', { ctrlKey: true }), false)?.keyClass).toBe('backspace');
  });

  it('tells what an input method composes as composed only', () => {
    expect(classifyKey(aKey('n', { keyCode: 229 }), true)).toEqual({ composed: true });
    expect(classifyKey(aKey('Process'), false)).toEqual({ composed: true });
    expect(classifyKey(aKey('a', { isComposing: true }), false)).toEqual({ composed: true });
  });
});
