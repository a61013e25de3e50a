//! Finite fields GF(q) for small prime powers q, as tables. Knows arithmetic alone.

/// A field of `order` elements, numbered from 0 (zero) and 1 (one).
#[derive(Debug, Clone)]
pub struct Field {
    pub order: usize,
    sums: Vec<u16>,
    products: Vec<u16>,
}

impl Field {
    /// The field of this order, if there is one.
    #[must_use]
    pub fn new(order: usize) -> Option<Self> {
        let prime = (2..=order).find(|divisor| order.is_multiple_of(*divisor))?;
        let mut degree = 0;
        let mut power = 1;
        while power < order {
            power *= prime;
            degree += 1;
        }
        if power != order {
            return None;
        }
        // An element is a polynomial over the prime; its number has the coefficients as digits.
        (0..order).find_map(|low| Self::modulo(order, prime, degree, low))
    }

    /// Arithmetic modulo the monic polynomial with these low coefficients; none if that polynomial can be factored.
    fn modulo(order: usize, prime: usize, degree: usize, low: usize) -> Option<Self> {
        let digits = |mut number: usize| -> Vec<usize> {
            let mut digits = vec![0; degree];
            for digit in &mut digits {
                *digit = number % prime;
                number /= prime;
            }
            digits
        };
        let number = |digits: &[usize]| {
            digits
                .iter()
                .rev()
                .fold(0, |sum, digit| sum * prime + digit)
        };
        let low = digits(low);
        let mut field = Self {
            order,
            sums: vec![0; order * order],
            products: vec![0; order * order],
        };
        for one in 0..order {
            for other in 0..order {
                let (a, b) = (digits(one), digits(other));
                let sum: Vec<_> = a.iter().zip(&b).map(|(a, b)| (a + b) % prime).collect();
                field.sums[one * order + other] = number(&sum) as u16;
                let mut product = vec![0; 2 * degree];
                for (i, a) in a.iter().enumerate() {
                    for (j, b) in b.iter().enumerate() {
                        product[i + j] = (product[i + j] + a * b) % prime;
                    }
                }
                for high in (degree..2 * degree).rev() {
                    let factor = std::mem::take(&mut product[high]);
                    for (j, digit) in low.iter().enumerate() {
                        let place = &mut product[high - degree + j];
                        *place = (*place + (prime - factor) * digit) % prime;
                    }
                }
                let product = number(&product[..degree]) as u16;
                if product == 0 && one != 0 && other != 0 {
                    return None;
                }
                field.products[one * order + other] = product;
            }
        }
        Some(field)
    }

    /// a + b
    #[must_use]
    pub fn sum(&self, a: usize, b: usize) -> usize {
        usize::from(self.sums[a * self.order + b])
    }

    /// a · b
    #[must_use]
    pub fn product(&self, a: usize, b: usize) -> usize {
        usize::from(self.products[a * self.order + b])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_exist_for_prime_powers_alone() {
        let orders: Vec<_> = (0..28)
            .filter(|order| Field::new(*order).is_some())
            .collect();
        assert_eq!(
            orders,
            [2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 19, 23, 25, 27]
        );
    }

    #[test]
    fn multiplication_has_inverses_and_distributes() {
        for order in [4, 8, 9] {
            let field = Field::new(order).unwrap();
            for a in 1..order {
                assert!((1..order).any(|b| field.product(a, b) == 1));
                for b in 0..order {
                    for c in 0..order {
                        let left = field.product(a, field.sum(b, c));
                        assert_eq!(left, field.sum(field.product(a, b), field.product(a, c)));
                    }
                }
            }
        }
    }
}
