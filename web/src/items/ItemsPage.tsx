export default function ItemsPage({ id }: { id: string }) { return id; }
