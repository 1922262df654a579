/**
 * The one form of `widget.html` and `partner.html`: thanks for what was typed and forgets it.
 * Runs inside a frame. Never talks to the page around it or to the network.
 */

function startFrameForm() {
  const form = document.querySelector('form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    form.reset();
    document.querySelector('[role=status]').textContent = form.dataset.reply;
  });
}

startFrameForm();
