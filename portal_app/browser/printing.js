// Paper.
export const printPage = () => window.print();
