// The page numbers worth showing in a pager: the ends and the neighbours; 0 stands for a gap.
export const pagesAround = (here, last) => {
  const pages = [1, here - 1, here, here + 1, last];
  const shown = [...new Set(pages)].filter((page) => page >= 1 && page <= last);
  return shown.flatMap((page, index) => {
    const before = shown[index - 1] ?? page - 1;
    if (page - before === 2) return [page - 1, page];
    return page - before > 2 ? [0, page] : [page];
  });
};
