// Follows the end of the answer while the reader is there, and only then.
const NEAR = 48;

export function follow(pane, button) {
  let following = true;
  let last = pane.scrollTop;

  const atEnd = () => pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR;

  function toEnd() {
    following = true;
    pane.scrollTop = pane.scrollHeight;
    last = pane.scrollTop;
    button.hidden = true;
  }

  pane.addEventListener("scroll", () => {
    if (atEnd()) following = true;
    else if (pane.scrollTop < last) following = false;
    last = pane.scrollTop;
    button.hidden = atEnd();
  }, { passive: true });
  button.addEventListener("click", toEnd);
  new ResizeObserver(() => following && toEnd()).observe(pane);

  return {
    toEnd,
    /** After something was added. */
    keep() {
      if (following) toEnd();
      else button.hidden = atEnd();
    },
  };
}
