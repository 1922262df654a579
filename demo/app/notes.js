/**
 * The page `/notes`: a small rich-text editor for hand-over notes, kept in memory.
 * Runs in the page. Never keeps pasted markup, only its text.
 */
import { cloneTemplate, createElement } from './create-element.js';

/** Shows the editor and the notes saved since the page was loaded. */
export function showNotes({ view, savedNotes, toast, signal }) {
  view.replaceChildren(cloneTemplate('notes-page'));
  const title = view.querySelector('#note-title');
  const editor = view.querySelector('.editor');
  const commandButtons = [...view.querySelectorAll('[data-command]')];

  function refreshList() {
    const items = savedNotes.map((note) => createElement('li', {}, createNoteButton(note)));
    const empty = createElement('li', { class: 'quiet' }, 'Nothing saved yet.');
    view.querySelector('.note-list').replaceChildren(...(items.length > 0 ? items : [empty]));
  }

  function createNoteButton(note) {
    const button = createElement('button', { type: 'button' }, note.title);
    button.addEventListener('click', () => {
      title.value = note.title;
      editor.replaceChildren(note.content.cloneNode(true));
      editor.focus();
    });
    return button;
  }

  function refreshToolbar() {
    for (const button of commandButtons) {
      const isOn =
        editor.contains(getSelection().anchorNode) && document.queryCommandState(button.dataset.command);
      button.setAttribute('aria-pressed', String(isOn));
    }
  }

  function clear() {
    title.value = '';
    editor.replaceChildren();
  }

  for (const button of commandButtons) {
    // A press would otherwise take the selection out of the editor before the command can use it.
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => {
      editor.focus();
      document.execCommand(button.dataset.command);
      refreshToolbar();
    });
  }
  document.addEventListener('selectionchange', refreshToolbar, { signal });
  editor.addEventListener('paste', (event) => {
    event.preventDefault();
    document.execCommand('insertText', false, event.clipboardData.getData('text/plain'));
  });
  editor.addEventListener('input', () => {
    // The browser leaves a line break behind, which would hide the placeholder.
    if (editor.textContent === '' && !editor.querySelector('li')) editor.replaceChildren();
  });
  view.querySelector('#save-note').addEventListener('click', () => {
    if (editor.textContent.trim() === '') {
      toast.say('Write something first');
      editor.focus();
      return;
    }
    const content = document.createDocumentFragment();
    content.append(...[...editor.childNodes].map((node) => node.cloneNode(true)));
    savedNotes.unshift({ title: title.value.trim() || 'Untitled note', content });
    clear();
    refreshList();
    toast.say('Note saved');
  });
  view.querySelector('#clear-note').addEventListener('click', clear);
  refreshList();
}
