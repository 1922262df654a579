/**
 * Turns link clicks and the back button into page changes without a full load.
 * Runs in the page. Never takes over links to files (`/reports.html`), other origins or new tabs.
 */

/** Creates the router; `start` shows the current address, `navigate` goes to a path of the app. */
export function createRouter(showPath) {
  let shownPath;

  function show(isFirst) {
    if (location.pathname === '/') history.replaceState(null, '', '/tickets');
    shownPath = location.pathname;
    showPath(shownPath, isFirst);
  }

  function navigate(path) {
    if (path !== location.pathname) history.pushState(null, '', path);
    show(false);
    scrollTo(0, 0);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || isForTheBrowser(event, link)) return;
    event.preventDefault();
    navigate(new URL(link.href).pathname);
  });
  addEventListener('popstate', () => {
    // A jump to a heading on the same page is a popstate too.
    if (location.pathname !== shownPath) show(false);
  });

  return { navigate, start: () => show(true) };
}

function isForTheBrowser(event, link) {
  const target = new URL(link.href);
  const wantsNewTab =
    event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link.target !== '';
  const isFile = target.pathname.includes('.');
  const isHeadingJump = target.hash !== '' && target.pathname === location.pathname;
  return wantsNewTab || isFile || isHeadingJump || target.origin !== location.origin;
}
